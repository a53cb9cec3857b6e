/// The relay's protocol: frames, the channel they travel in, and the content that only members read.
@SuppressWarnings("module") // the client is compiled later
module org.chancery.protocol {
    requires transitive org.chancery.pki;
    requires com.google.protobuf;
    requires static org.jspecify;

    exports org.chancery.protocol.channel;
    exports org.chancery.protocol.content to
            org.chancery.client;
    exports org.chancery.protocol.device;
    exports org.chancery.protocol.frame;
    exports org.chancery.protocol.key;
    exports org.chancery.protocol.membership;
    exports org.chancery.protocol.revocation;
}
