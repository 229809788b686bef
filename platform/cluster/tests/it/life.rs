//! An ordinary life: a start, an owner, a stop, and the places a cluster can and can't live in.

use std::{fs, os::unix::fs::PermissionsExt};

use cluster::{Cluster, ClusterError, Durable, stop_in};

use crate::desk::{Desk, runs, sql};

#[test]
fn a_fresh_cluster_answers_over_its_private_socket_only() {
    let desk = Desk::new();
    let cluster = desk.start();
    assert_eq!(sql(&cluster, "select current_user"), "nexgate");
    assert_eq!(sql(&cluster, "select inet_server_addr() is null"), "t");
    let shown = ["listen_addresses", "max_connections", "data_checksums", "fsync", "server_encoding"];
    let shown = shown.map(|setting| sql(&cluster, &format!("show {setting}")));
    assert_eq!(shown, ["", "300", "on", "off", "UTF8"]);
    assert_eq!(fs::metadata(cluster.socket_dir()).unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn a_durable_cluster_keeps_fsync_and_takes_settings() {
    let desk = Desk::new();
    let mut options = desk.options();
    options.durable = Durable::Yes;
    options.settings.push(("work_mem".into(), "7MB".into()));
    let cluster = Cluster::start(&options).unwrap();
    assert_eq!(["fsync", "full_page_writes", "work_mem"].map(|name| sql(&cluster, &format!("show {name}"))), ["on", "on", "7MB"]);
}

#[test]
fn a_second_owner_is_refused_by_name() {
    let desk = Desk::new();
    let first = desk.start();
    let refused = Cluster::start(&desk.options()).unwrap_err();
    let ours = std::process::id();
    assert!(matches!(refused, ClusterError::Owned { pid: Some(pid), .. } if pid == ours), "{refused}");
    assert!(matches!(stop_in(&desk.dir), Err(ClusterError::Owned { .. })));
    assert_eq!(sql(&first, "select 1"), "1");
}

#[test]
fn stop_leaves_no_process_and_no_pid_file() {
    let desk = Desk::new();
    let cluster = desk.start();
    let pid = cluster.pid();
    cluster.stop().unwrap();
    assert!(!runs(pid));
    assert!(!desk.dir.join("data/postmaster.pid").exists());
}

#[test]
fn dropping_the_cluster_stops_it() {
    let desk = Desk::new();
    let pid = desk.start().pid();
    assert!(!runs(pid));
}

#[test]
fn a_server_left_behind_is_adopted_and_can_be_stopped_without_an_owner() {
    let desk = Desk::new();
    let cluster = desk.start();
    let pid = cluster.pid();
    cluster.leave();
    let adopted = desk.start();
    assert_eq!(adopted.pid(), pid);
    adopted.leave();
    assert!(stop_in(&desk.dir).unwrap());
    assert!(!runs(pid));
    assert!(!stop_in(&desk.dir).unwrap());
}

#[test]
fn a_server_left_behind_with_other_settings_is_replaced() {
    let desk = Desk::new();
    let cluster = desk.start();
    let pid = cluster.pid();
    cluster.leave();
    let mut options = desk.options();
    options.settings.push(("work_mem".into(), "7MB".into()));
    let replaced = Cluster::start(&options).unwrap();
    assert!(!runs(pid));
    assert_eq!(sql(&replaced, "show work_mem"), "7MB");
}

#[test]
fn a_path_that_cant_be_a_sockets_address_works() {
    for path in ["a-rather-long-name-".repeat(8), "with,comma".to_owned()] {
        let desk = Desk::within(&path);
        let cluster = desk.start();
        assert!(!cluster.socket_dir().starts_with(&desk.dir));
        assert_eq!(sql(&cluster, "select 1"), "1");
        let socket_dir = cluster.socket_dir().to_owned();
        cluster.stop().unwrap();
        fs::remove_dir(socket_dir).unwrap();
    }
}

#[test]
fn what_the_server_says_against_a_setting_is_in_the_error() {
    let desk = Desk::new();
    let mut options = desk.options();
    options.settings.push(("no_such_setting".into(), "1".into()));
    let error = Cluster::start(&options).unwrap_err().to_string();
    assert!(error.contains("unrecognized configuration parameter \"no_such_setting\""), "{error}");
}

#[test]
fn a_cluster_of_another_version_is_refused() {
    let desk = Desk::new();
    desk.start().stop().unwrap();
    fs::write(desk.dir.join("data/PG_VERSION"), "9\n").unwrap();
    let error = Cluster::start(&desk.options()).unwrap_err();
    assert!(matches!(&error, ClusterError::OtherVersion { made, .. } if made == "9"), "{error}");
}

#[test]
fn a_directory_the_servers_user_cant_enter_is_named() {
    // Only root runs the server as somebody else.
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let desk = Desk::new();
    desk.close();
    let error = Cluster::start(&desk.options()).unwrap_err();
    let parent = desk.dir.canonicalize().unwrap().parent().unwrap().to_owned();
    assert!(matches!(&error, ClusterError::NotTraversable { at, .. } if *at == parent), "{error}");
}
