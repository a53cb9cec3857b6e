module org.chancery.server {
    requires org.chancery.pki;
    requires org.chancery.protocol;
    requires info.picocli;
    requires java.sql;
    requires org.slf4j;

    requires static org.jspecify;
}
