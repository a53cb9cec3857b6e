package org.chancery.pki.name;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DERGeneralString;
import org.bouncycastle.asn1.DERGraphicString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.DERVideotexString;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.chancery.pki.der.Der;
import org.junit.jupiter.api.Test;

/// RFC 5280 section 7.1, which names are the same.
class CanonicalNameTest {
    @Test
    void caseSpaceAndKindOfStringDoNotMatter() throws MalformedNameException {
        CanonicalName name = of(new DERPrintableString("Lab  CA"));
        assertThat(of(new DERUTF8String(" lab ca "))).isEqualTo(name).hasSameHashCodeAs(name);
        assertThat(of(new DERBMPString("LAB CA"))).isEqualTo(name);
        assertThat(of(new DERUTF8String("LabCA"))).isNotEqualTo(name);
    }

    /// X.520 has none of these in a DirectoryString; an excluded name is the same name in one of them.
    @Test
    void textIsTextInAnyKindOfString() throws MalformedNameException {
        CanonicalName name = of(new DERPrintableString("Lab"));
        byte[] lab = "lab".getBytes(StandardCharsets.US_ASCII);
        assertThat(of(new DERGeneralString("lab"))).isEqualTo(name);
        assertThat(of(new DERGraphicString(lab))).isEqualTo(name);
        assertThat(of(new DERVideotexString(lab))).isEqualTo(name);
        assertThat(of(new DEROctetString(lab))).isNotEqualTo(name);
    }

    @Test
    void orderOfRelativeNamesMattersAndOfAttributesWithinOneDoesNot() throws MalformedNameException {
        assertThat(of("CN=a, O=b")).isNotEqualTo(of("O=b, CN=a"));
        assertThat(of("CN=a+O=b")).isEqualTo(of("O=b+CN=a")).isNotEqualTo(of("CN=a, O=b"));
    }

    @Test
    void liesWithinWhatItBeginsWith() throws MalformedNameException {
        CanonicalName name = of("CN=alice, OU=people, O=Lab");
        assertThat(name.isWithin(of("O=lab"))).isTrue();
        assertThat(name.isWithin(of("OU=people, O=Lab"))).isTrue();
        assertThat(name.isWithin(CanonicalName.EMPTY)).isTrue();
        assertThat(name.isWithin(of("CN=alice"))).isFalse();
        assertThat(of("O=Lab").isWithin(name)).isFalse();
    }

    private static CanonicalName of(String name) throws MalformedNameException {
        return CanonicalName.of(new X500Principal(name));
    }

    private static CanonicalName of(ASN1Encodable commonName) throws MalformedNameException {
        return CanonicalName.parse(
                Der.encode(new X500NameBuilder().addRDN(BCStyle.CN, commonName).build()));
    }
}
