module org.chancery.protocol {
    requires transitive org.chancery.pki;
    requires com.google.protobuf;
    requires static org.jspecify;
}
