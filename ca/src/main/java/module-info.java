module org.chancery.ca {
    requires org.chancery.pki;

    requires info.picocli;
    requires java.sql;
    requires org.slf4j;

    requires static org.jspecify;
}
