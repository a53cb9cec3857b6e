package org.chancery.pki.seeded;

import javax.swing.JLabel;

/// Swing outside client.ui.
final class OpensAWindow {
    String text(JLabel label) {
        return label.getText();
    }
}
