/// The relay: lets people in by their certificates, keeps their letters in order, and cannot read them.
module org.chancery.server {
    requires org.chancery.console;
    requires org.chancery.pki;
    requires org.chancery.protocol;
    requires info.picocli;
    requires java.net.http;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    opens org.chancery.server.command to
            info.picocli;
}
