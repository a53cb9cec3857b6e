/// What the command lines of the authority, the relay and the messenger share.
module org.chancery.console {
    exports org.chancery.console;

    requires transitive org.chancery.pki;
    requires transitive info.picocli;
    requires ch.qos.logback.classic;
    requires ch.qos.logback.core;
    requires org.slf4j;
    requires static org.jspecify;
}
