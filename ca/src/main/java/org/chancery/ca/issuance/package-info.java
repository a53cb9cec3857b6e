/// The authority at work: founded once, then preparing, recording, signing and publishing.
///
/// Entry types: [org.chancery.ca.issuance.Founding] makes an authority, [org.chancery.ca.issuance.Authority]
/// opens one. Record before you sign, sign before you hand out. Must never import the command line, and never
/// print.
@NullMarked
package org.chancery.ca.issuance;

import org.jspecify.annotations.NullMarked;
