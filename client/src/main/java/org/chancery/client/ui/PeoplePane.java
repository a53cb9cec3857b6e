package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.awt.Color;
import java.awt.Dimension;
import javax.swing.BorderFactory;
import javax.swing.JComponent;
import javax.swing.JScrollPane;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.SelfView;
import org.chancery.pki.name.Address;

/// The left pane: who I am, whom I can write to, how the connection is.
final class PeoplePane {
    private static final int WIDTH = 292;

    private final ChatModel model;
    private final Pane pane = new Pane(Tone.SIDE, new BorderLayout());
    private final Face face = new Face(36, Tone.SIDE);
    private final Words section = new Words(Type.SECTION, Tone.FAINT, "PEOPLE");
    private final ContactList list;
    private final SearchField search;
    private final ConnectionFoot foot;

    PeoplePane(ChatModel model, WindowMenu menu) {
        Edt.require();
        this.model = model;
        this.list = new ContactList(this::open);
        this.search = new SearchField(model::search, () -> list.first().ifPresent(this::open));
        this.foot = new ConnectionFoot(model);
        JScrollPane scroll = new SideScroll(list);
        Pane top = new Pane(Tone.SIDE, new MigLayout("insets 0, fillx, gap 0, wrap 1", "[grow, fill]"));
        top.add(me(menu));
        top.add(search, "gapleft 12, gapright 12, gaptop 2");
        top.add(section, "gapleft 18, gaptop 16, gapbottom 6");
        pane.add(top, BorderLayout.NORTH);
        pane.add(scroll, BorderLayout.CENTER);
        pane.add(foot.component(), BorderLayout.SOUTH);
        pane.setPreferredSize(new Dimension(WIDTH, 0));
        pane.setBorder(new Edge(Edge.Side.RIGHT));
        people();
        connection();
    }

    JComponent component() {
        return pane;
    }

    void focusList() {
        Edt.require();
        list.requestFocusInWindow();
    }

    void focusSearch() {
        Edt.require();
        search.requestFocusInWindow();
        search.selectAll();
    }

    void people() {
        Edt.require();
        Address selected = model.conversation()
                .map(conversation -> conversation.contact().address())
                .orElse(null);
        list.show(model.people().rows(), selected, model.people().emptyWords());
        section.setText(model.people().searching() ? "FOUND" : "PEOPLE");
    }

    void connection() {
        Edt.require();
        face.present(model.online());
        foot.refresh();
    }

    private void open(Address address) {
        model.open(address);
        if (!search.getText().isEmpty()) {
            search.setText("");
        }
    }

    private JComponent me(WindowMenu menu) {
        SelfView self = model.self();
        face.show(Portrait.of(self.address(), self.displayName()));
        Pane me = new Pane(Tone.SIDE, new MigLayout("insets 14 16 10 12, gap 0", "[]10[grow, fill, 0::]8[]", "[][]"));
        me.add(face, "spany 2, aligny center");
        me.add(new Words(Type.STRONG, Tone.INK, self.displayName()), "wmin 0, aligny bottom");
        me.add(menu.button(), "spany 2, aligny center, wrap");
        me.add(new Words(Type.SMALL, Tone.DIM, self.address().value()), "wmin 0, aligny top");
        return me;
    }

    /// A scroll pane on the side's ground.
    private static final class SideScroll extends JScrollPane {
        SideScroll(ContactList list) {
            super(list, VERTICAL_SCROLLBAR_AS_NEEDED, HORIZONTAL_SCROLLBAR_NEVER);
            setBorder(BorderFactory.createEmptyBorder());
            getVerticalScrollBar().setUnitIncrement(ContactCell.HEIGHT / 2);
            getVerticalScrollBar().setOpaque(false);
        }

        @Override
        public Color getBackground() {
            return Tone.SIDE.color();
        }
    }
}
