//! A link passes bytes on, and a cut one doesn't.

#![allow(clippy::unwrap_used, reason = "a test may stop")]

use linli_rig::link::Link;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// Sends back what it hears, for ever.
async fn echo() -> std::net::SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut tcp, _)) = listener.accept().await {
            tokio::spawn(async move {
                let (mut read, mut write) = tcp.split();
                let _ = tokio::io::copy(&mut read, &mut write).await;
            });
        }
    });
    address
}

async fn says(tcp: &mut TcpStream, words: &[u8]) -> std::io::Result<Vec<u8>> {
    tcp.write_all(words).await?;
    let mut heard = vec![0; words.len()];
    tcp.read_exact(&mut heard).await?;
    Ok(heard)
}

#[tokio::test]
async fn what_is_sent_arrives_until_the_link_is_cut() {
    let link = Link::open(0, echo().await).await.unwrap();
    let address = ("127.0.0.1", link.port());
    let mut before = TcpStream::connect(address).await.unwrap();
    assert_eq!(says(&mut before, b"one").await.unwrap(), b"one");

    link.cut();
    assert!(!link.is_up());
    assert!(before.read(&mut [0]).await.is_err(), "reset, not closed");
    let refused = async {
        let mut tcp = TcpStream::connect(address).await?;
        says(&mut tcp, b"two").await
    };
    assert!(refused.await.is_err());

    link.restore();
    let mut after = TcpStream::connect(address).await.unwrap();
    assert_eq!(says(&mut after, b"three").await.unwrap(), b"three");
}

#[tokio::test]
async fn a_whole_answer_arrives_when_its_sender_closes_at_once() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let target = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut tcp, _) = listener.accept().await.unwrap();
        tcp.write_all(&vec![7; 4 << 20]).await.unwrap();
    });
    let link = Link::open(0, target).await.unwrap();
    let mut tcp = TcpStream::connect(("127.0.0.1", link.port()))
        .await
        .unwrap();
    tcp.shutdown().await.unwrap();
    let mut all = Vec::new();
    tcp.read_to_end(&mut all).await.unwrap();
    assert_eq!(all.len(), 4 << 20);
}

#[tokio::test]
async fn a_dropped_link_is_gone() {
    let link = Link::open(0, echo().await).await.unwrap();
    let address = ("127.0.0.1", link.port());
    let mut tcp = TcpStream::connect(address).await.unwrap();
    assert_eq!(says(&mut tcp, b"one").await.unwrap(), b"one");
    drop(link);
    assert!(tcp.read(&mut [0]).await.is_err());
}

#[tokio::test]
async fn it_is_cut_after_as_many_bytes_as_were_said() {
    let link = Link::open(0, echo().await).await.unwrap();
    let mut tcp = TcpStream::connect(("127.0.0.1", link.port()))
        .await
        .unwrap();
    link.cut_after(5);
    assert_eq!(says(&mut tcp, b"one").await.unwrap(), b"one");
    assert!(link.is_up());
    assert!(says(&mut tcp, b"two").await.is_err(), "cut in its middle");
    link.is_cut().await;
    assert_eq!(link.sent(), 6);
    // Only once.
    link.restore();
    let mut tcp = TcpStream::connect(("127.0.0.1", link.port()))
        .await
        .unwrap();
    assert_eq!(says(&mut tcp, b"three").await.unwrap(), b"three");
}
