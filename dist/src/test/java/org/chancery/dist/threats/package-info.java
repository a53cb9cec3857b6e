/// Threats, the tests that are marked with them, and the campaign that takes each defence away and expects its test to
/// go red. Entry: [org.chancery.dist.threats.DefenceCampaign].
@NullMarked
package org.chancery.dist.threats;

import org.jspecify.annotations.NullMarked;
