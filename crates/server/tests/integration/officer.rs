//! An officer at the console: a browser without scripts.

use reqwest::redirect::Policy;
use reqwest::{Client, Response};

/// An officer at the console.
pub(crate) struct Officer {
    client: Client,
    address: String,
    cookie: String,
}

/// A page as it came.
pub(crate) struct Page {
    pub(crate) status: u16,
    pub(crate) html: String,
}

impl Officer {
    pub(crate) fn new(address: &str) -> Self {
        let client = Client::builder().redirect(Policy::none()).build().unwrap();
        Self { client, address: address.to_owned(), cookie: String::new() }
    }

    /// Whoever holds this cookie.
    pub(crate) fn holding(address: &str, cookie: &str) -> Self {
        Self { cookie: cookie.to_owned(), ..Self::new(address) }
    }

    /// Signs in and gives the page that follows.
    pub(crate) async fn sign_in(&mut self, account: &str, password: &str) -> Page {
        let body = format!("account={account}&password={password}");
        let response = self.post("/console/sign-in", body).await;
        if let Some(cookie) = response.headers().get("set-cookie") {
            let cookie = cookie.to_str().unwrap();
            assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
            self.cookie = cookie.split(';').next().unwrap().to_owned();
            return self.get("/console").await;
        }
        Page::of(response).await
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        Page::of(self.response(path, None).await).await
    }

    pub(crate) async fn response(&self, path: &str, range: Option<&str>) -> Response {
        let request = self.client.get(format!("{}{path}", self.address));
        let request = request.header("cookie", &self.cookie);
        match range {
            Some(range) => request.header("range", range),
            None => request,
        }
        .send()
        .await
        .unwrap()
    }

    pub(crate) async fn post(&self, path: &str, body: String) -> Response {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        request.header("cookie", &self.cookie).body(body).send().await.unwrap()
    }

    /// The same from a page of another site, as a browser says.
    pub(crate) async fn post_from(&self, site: &str, path: &str, body: String) -> Response {
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        let request = request.header("sec-fetch-site", site).header("cookie", &self.cookie);
        request.body(body).send().await.unwrap()
    }

    /// The token that forms of a page of theirs carry.
    pub(crate) async fn token(&self, path: &str) -> String {
        self.get(path).await.all("name=\"csrf\" value").remove(0)
    }

    /// Presses a button of a page: sends what its form would, with the token of the page.
    pub(crate) async fn press(&self, path: &str, fields: &str) -> Page {
        let body = format!("csrf={}&{fields}", self.token(path).await);
        Page::of(self.post(path, body).await).await
    }

    /// Brings a mailbag to the counter.
    pub(crate) async fn bring(&self, bag: &[u8]) -> Page {
        let token = self.get("/console/mailbag").await.all("name=\"csrf\" value").remove(0);
        self.bring_with(&token, bag).await
    }

    /// Brings a table of the township's people.
    pub(crate) async fn bring_table(&self, table: &[u8]) -> Page {
        let token = self.get("/console/residents").await.all("name=\"csrf\" value").remove(0);
        self.send_file("/console/residents", &token, "table", table).await
    }

    /// Brings one with this token.
    pub(crate) async fn bring_table_with(&self, token: &str, table: &[u8]) -> Page {
        self.send_file("/console/residents", token, "table", table).await
    }

    /// Brings a mailbag with this token.
    pub(crate) async fn bring_with(&self, token: &str, bag: &[u8]) -> Page {
        self.send_file("/console/mailbag", token, "bag", bag).await
    }

    async fn send_file(&self, path: &str, token: &str, name: &str, file: &[u8]) -> Page {
        let field = |name: &str, rest: &str| {
            format!("--part\r\nContent-Disposition: form-data; name=\"{name}\"{rest}\r\n\r\n")
        };
        let body = [
            field("csrf", "").as_bytes(),
            token.as_bytes(),
            b"\r\n",
            field(name, "; filename=\"a\"").as_bytes(),
            file,
            b"\r\n--part--\r\n",
        ]
        .concat();
        let request = self.client.post(format!("{}{path}", self.address));
        let request = request.header("content-type", "multipart/form-data; boundary=part");
        Page::of(request.header("cookie", &self.cookie).body(body).send().await.unwrap()).await
    }
}

impl Page {
    pub(crate) async fn of(response: Response) -> Self {
        let status = response.status().as_u16();
        Self { status, html: response.text().await.unwrap() }
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.html.contains(text)
    }

    /// What stands in an attribute, each time that it appears.
    pub(crate) fn all(&self, attribute: &str) -> Vec<String> {
        let start = format!("{attribute}=\"");
        let after = self.html.split(&start).skip(1);
        after.map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    }
}
