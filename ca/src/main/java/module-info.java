/// The authority: its command line, its policy and its ledger.
module org.chancery.ca {
    requires org.chancery.console;
    requires org.chancery.pki;
    requires info.picocli;
    requires java.sql;
    requires org.slf4j;
    requires org.xerial.sqlitejdbc;
    requires static org.jspecify;

    opens org.chancery.ca.command to
            info.picocli;
}
