/// The messenger: the engine, what it remembers, and its faces: window, terminal and command line.
module org.chancery.client {
    requires org.chancery.console;
    requires org.chancery.pki;
    requires org.chancery.protocol;
    requires info.picocli;
    requires java.sql;
    requires org.slf4j;
    requires java.desktop;
    requires com.formdev.flatlaf;
    requires com.formdev.flatlaf.fonts.inter;
    requires com.google.zxing;
    requires com.miglayout.core;
    requires com.miglayout.swing;
    requires static org.jspecify;

    opens org.chancery.client.command to
            info.picocli;
}
