/// DER, read a second time: with nothing in common with what wrote it, so that one mistake does not hide another.
/// By it the lint reads what is about to be signed, also what is wrong with it, and a profile's extensions are put in
/// words.
///
/// Entry type: [org.chancery.ca.der.Tlv]. Imports nothing of this project.
@NullMarked
package org.chancery.ca.der;

import org.jspecify.annotations.NullMarked;
