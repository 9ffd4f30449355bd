"""Parts that pages are made of: tables with actions, the rule panel, composition charts."""
