/// What must hold of everything this authority signs, judged on the octets that are about to be signed.
///
/// One rule a file, named for the rule and citing it, in the packages below; here is what they share. A profile that
/// is right never meets them: they stand between a slip of the program and a signature, and read DER by
/// [org.chancery.ca.der], which has nothing in common with what wrote it.
@NullMarked
package org.chancery.ca.lint;

import org.jspecify.annotations.NullMarked;
