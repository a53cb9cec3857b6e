package org.chancery.ca.lint.certificate;

import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.der.Parts;
import org.chancery.ca.der.Tlv;
import org.chancery.ca.der.UnreadableException;

/// The attributes of a distinguished name (RFC 5280 section 4.1.2.4), in order.
///
/// @param oid its type, dotted
record NameAttribute(String oid, Tlv value) {
    static final String COMMON_NAME = "2.5.4.3";

    static List<NameAttribute> of(Tlv name) throws UnreadableException {
        List<NameAttribute> attributes = new ArrayList<>();
        for (Tlv relative : name.as(Tlv.SEQUENCE).children()) {
            for (Tlv attribute : relative.as(Tlv.SET).children()) {
                Parts parts = new Parts(attribute.as(Tlv.SEQUENCE).children());
                attributes.add(new NameAttribute(parts.next(Tlv.OID).oid(), parts.next()));
                parts.requireEnd();
            }
        }
        return attributes;
    }
}
