//! The table of programs and their arguments that are credentials.

/// Where a program has a credential.
#[derive(Clone, Copy)]
pub(super) enum At {
    /// In the word after one of these options, or after `=` in the same word.
    Option(&'static [&'static str]),
    /// Behind the letter of one of these options, without a space.
    Attached(&'static [&'static str]),
    /// Either of the two.
    Either(&'static [&'static str]),
    /// In the argument with this index, without options.
    Argument(usize),
    /// In all arguments after `=`.
    Assigned,
    /// In what is piped into it: the last argument of `echo` or `printf`.
    Piped,
}

/// The part of a value that is the credential.
#[derive(Clone, Copy)]
pub(super) enum Part {
    All,
    /// What follows the first of these characters, up to an `@` if that ends it.
    After(char),
}

use At::{Argument, Assigned, Attached, Either, Option, Piped};
use Part::{After, All};

/// Programs that have a credential in the same place, separated by `|`, each with the subcommands that must be among its
/// arguments in this order.
#[rustfmt::skip]
pub(super) const PROGRAMS: &[(&str, At, Part)] = &[
    // HTTP
    ("curl", Either(&["-u", "--user", "-U", "--proxy-user"]), After(':')),
    ("curl", Either(&["-b", "--cookie"]), After('=')),
    ("http|https|xh|xhs", Either(&["-a", "--auth"]), After(':')),
    ("ab", Either(&["-A", "-P"]), After(':')),
    ("lftp|ncftpget|ncftpput", Either(&["-u", "-p"]), After(',')),
    ("ncftpget|ncftpput", Either(&["-p"]), All),
    // Databases
    ("mysql|mysqldump|mysqladmin|mysqlimport|mysqlsh|mysqlcheck|mysqlshow|mysqlslap|mysqlbinlog|mysqlpump|mydumper|myloader|xtrabackup\
      |mariadb|mariadb-dump|mariadb-admin|mariadb-import|mariadb-check|mariadb-show|mycli", Attached(&["-p"]), All),
    ("redis-cli|valkey-cli", Either(&["-a", "--pass"]), All),
    ("redis-cli AUTH|valkey-cli AUTH|redis-cli auth|valkey-cli auth", Argument(0), All),
    ("redis-cli AUTH|valkey-cli AUTH|redis-cli auth|valkey-cli auth", Argument(1), All),
    ("mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport|mongostat|mongotop|mongofiles", Either(&["-p"]), All),
    ("cqlsh|influx|beeline|arangosh|trino|snowsql|iredis", Either(&["-p"]), All),
    ("sqlcmd|bcp|isql|osql|tsql|mssql-cli|impdp|expdp", Either(&["-P"]), All),
    ("sqlplus|sqlldr|impdp|expdp|rman|sqlcl", Argument(0), After('/')),
    // Queues and directories
    ("rabbitmqadmin", Either(&["-p"]), All),
    ("rabbitmqctl add_user|rabbitmqctl change_password|rabbitmqctl authenticate_user", Argument(1), All),
    ("mosquitto_pub|mosquitto_sub|mosquitto_rr", Either(&["-P"]), All),
    ("mosquitto_passwd", Argument(2), All),
    ("ldapsearch|ldapmodify|ldapadd|ldapdelete|ldapwhoami|ldapcompare|ldapmodrdn", Either(&["-w"]), All),
    ("ldappasswd", Either(&["-w", "-s", "-a"]), All),
    ("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmpgetnext|snmptrap", Either(&["-c", "-A", "-X"]), All),
    ("ipmitool", Either(&["-P"]), All),
    // Registries and clouds
    ("docker login|podman login|buildah login|skopeo login|crane auth login|oras login|nerdctl login|helm registry login|helm login\
      |az login|az acr login|oc login|regctl registry login", Either(&["-p"]), All),
    ("skopeo|podman|buildah", Option(&["--creds", "--src-creds", "--dest-creds"]), After(':')),
    ("--password-stdin|passwd --stdin|sudo -S", Piped, All),
    ("chpasswd", Piped, After(':')),
    ("twine", Either(&["-p"]), All),
    ("aws ssm put-parameter", Option(&["--value"]), All),
    ("vault login|bao login|ngrok config add-authtoken|ngrok authtoken|ngrok add-authtoken|cloudflared service install", Argument(0), All),
    ("vault kv put|vault kv patch|vault write|bao kv put|bao write|fly secrets set|flyctl secrets set|doppler secrets set|heroku config:set",
        Assigned, All),
    ("gh secret set", Either(&["-b", "--body"]), All),
    ("mc alias set|mc config host add|mcli alias set", Argument(2), All),
    ("mc alias set|mc config host add|mcli alias set", Argument(3), All),
    ("conjur|ibmcloud login", Either(&["-p"]), All),
    // Shells, files, and users
    ("sshpass", Either(&["-p"]), All),
    ("ssh-keygen", Option(&["-N", "-P"]), All),
    ("openssl", Option(&["-k", "-K", "-passin", "-passout", "-pass"]), All),
    ("openssl passwd|mkpasswd|wp-hash", Argument(0), All),
    ("zip|unzip|zipcloak", Either(&["-P"]), All),
    ("7z|7za|7zz|7zr|rar|unrar", Attached(&["-p", "-hp"]), All),
    ("htpasswd", Argument(2), All),
    ("htpasswd -nb|htpasswd -bn|htpasswd -nbB|htpasswd -nbm", Argument(1), All),
    ("smbclient|rpcclient|net rpc|wmic|winexe", Either(&["-U", "--user"]), After('%')),
    ("net user", Argument(1), All),
    ("net use", Argument(2), All),
    ("wpa_passphrase", Argument(1), All),
    ("rdesktop", Either(&["-p"]), All),
    ("ConvertTo-SecureString", Argument(0), All),
    ("curl", Either(&["-E", "--cert"]), After(':')),
    ("ncftp", Either(&["-p"]), All),
    ("swaks", Either(&["-ap"]), All),
    ("rman target", Argument(0), After('/')),
    ("su|kinit|vncpasswd|gh auth login", Piped, All),
    ("kubectl create secret", Option(&["--from-literal"]), After('=')),
    ("vault unseal|vault operator unseal|bao operator unseal|cargo login|snyk auth|rclone obscure|bw unlock", Argument(0), All),
    ("composer config", Argument(2), All),
    ("poetry config", Argument(2), All),
    ("gem push|dotnet nuget push", Either(&["-k"]), All),
    ("etcdctl", Either(&["--user"]), After(':')),
    ("sonar-scanner", Option(&["-Dsonar.login", "-Dsonar.token"]), All),
    ("useradd|usermod", Either(&["-p", "--password"]), All),
];
