/// DER, read a second time: with nothing in common with what wrote it, so that one mistake does not hide another.
/// The lint reads by it what is about to be signed, also what is wrong; profiles read what an extension will say in
/// words.
///
/// Entry type: [org.chancery.ca.der.Tlv]. Imports nothing of this project.
@NullMarked
package org.chancery.ca.der;

import org.jspecify.annotations.NullMarked;
