/// What the command lines of the authority, the relay and the messenger share.
module org.chancery.console {
    exports org.chancery.console;

    requires transitive org.chancery.pki;
    requires transitive info.picocli;
    requires org.slf4j;
    requires static org.jspecify;
}
