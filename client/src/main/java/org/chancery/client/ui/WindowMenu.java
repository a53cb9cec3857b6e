package org.chancery.client.ui;

import javax.swing.ButtonGroup;
import javax.swing.JButton;
import javax.swing.JMenuItem;
import javax.swing.JPopupMenu;
import javax.swing.JRadioButtonMenuItem;

/// The menu behind the three dots: the theme, and one's own certificate.
final class WindowMenu {
    private final JPopupMenu menu = new JPopupMenu();
    private final MarkButton button = new MarkButton(Mark.MORE, "Menu");

    /// @param theme the one installed now
    WindowMenu(Theme theme, Runnable showCertificate) {
        Edt.require();
        JMenuItem certificate = new JMenuItem("My certificate …");
        certificate.addActionListener(_ -> showCertificate.run());
        menu.add(certificate);
        menu.addSeparator();
        ButtonGroup themes = new ButtonGroup();
        for (Theme choice : Theme.values()) {
            JRadioButtonMenuItem item = new JRadioButtonMenuItem(choice.words(), choice == theme);
            item.addActionListener(_ -> choice.install());
            themes.add(item);
            menu.add(item);
        }
        button.setComponentPopupMenu(menu); // also what keeps an unshown menu in step when the theme changes
        button.addActionListener(
                _ -> menu.show(button, button.getWidth() - menu.getPreferredSize().width, button.getHeight() + 4));
    }

    JButton button() {
        return button;
    }
}
