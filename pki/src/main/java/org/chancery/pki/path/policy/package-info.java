/// Certificate policies along a path: their syntax, and the policy graph of RFC 9618.
///
/// Entry type: [PolicyGraph][org.chancery.pki.path.policy.PolicyGraph]. Not exported; knows nothing of
/// paths, only what each certificate of one says of policies, in order.
@NullMarked
package org.chancery.pki.path.policy;

import org.jspecify.annotations.NullMarked;
