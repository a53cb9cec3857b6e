package org.chancery.server.allowance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class SourceTest {

    private static Source source(String address) throws Exception {
        return Source.of(InetAddress.ofLiteral(address));
    }

    @Test
    void anIpv4AddressIsItsOwn() throws Exception {
        assertThat(source("192.0.2.1")).isEqualTo(source("::ffff:192.0.2.1")).isNotEqualTo(source("192.0.2.2"));
        assertThat(source("192.0.2.1")).hasToString("192.0.2.1");
    }

    /// Whoever has one address of a site has all.
    @Test
    void aSiteIsOneHoweverManyAddressesItTakes() throws Exception {
        assertThat(source("2001:db8:1:2::1"))
                .isEqualTo(source("2001:db8:1:2:ffff:ffff:ffff:ffff"))
                .isNotEqualTo(source("2001:db8:1:3::1"))
                .hasToString("2001:db8:1:2:0:0:0:0/64");
    }

    /// Else one of them could have all the others turned away.
    @Test
    void neighboursAreEachTheirOwn() throws Exception {
        assertThat(source("fe80::1")).isNotEqualTo(source("fe80::2"));
        assertThat(source("fd00:1::1")).isNotEqualTo(source("fd00:1::2"));
        assertThat(source("fc00:1::1")).isNotEqualTo(source("fc00:1::2"));
        assertThat(source("::1")).hasToString("0:0:0:0:0:0:0:1");
    }
}
