//! A database on a [`Disk`].

use std::sync::Arc;

use super::{Connection, Database, Eventually, Row, StorageError, Transaction, Value};
use crate::disk::{Act, Disk};

/// A database whose transactions meet whatever befalls the disk.
pub(crate) struct OnDisk {
    pub(crate) database: Box<dyn Database>,
    pub(crate) disk: Arc<dyn Disk>,
}

impl Database for OnDisk {
    fn read(&self) -> Eventually<'_, Result<Box<dyn Connection>, StorageError>> {
        self.database.read()
    }

    fn write(&self) -> Eventually<'_, Result<Box<dyn Transaction>, StorageError>> {
        Box::pin(async {
            let transaction = self.database.write().await?;
            let disk = Arc::clone(&self.disk);
            Ok(Box::new(Writing { transaction, disk }) as Box<dyn Transaction>)
        })
    }
}

struct Writing {
    transaction: Box<dyn Transaction>,
    disk: Arc<dyn Disk>,
}

impl Connection for Writing {
    fn execute<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Eventually<'a, Result<u64, StorageError>> {
        self.transaction.execute(sql, values)
    }

    fn rows<'a>(
        &'a mut self,
        sql: &'static str,
        values: &'a [Value<'a>],
    ) -> Eventually<'a, Result<Vec<Row>, StorageError>> {
        self.transaction.rows(sql, values)
    }
}

impl Transaction for Writing {
    fn commit(self: Box<Self>) -> Eventually<'static, Result<(), StorageError>> {
        Box::pin(async move {
            self.disk.before(Act::Commit).await.map_err(|_| StorageError::Full)?;
            self.transaction.commit().await?;
            self.disk.after(Act::Commit).await;
            Ok(())
        })
    }
}
