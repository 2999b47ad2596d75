namespace ChatBotKit.AdminConsole.Layout;

internal static class Navigation
{
    /// <summary>The sections of the console in the order of the navigation.</summary>
    public static readonly (string Path, string Name)[] Links =
    [
        ("/", "Overview"),
        ("/bots", "Bots"),
        ("/datasets", "Datasets"),
        ("/skillsets", "Skillsets"),
        ("/tasks", "Tasks"),
        ("/conversations", "Conversations"),
        ("/contacts", "Contacts"),
        ("/sessions", "Sessions"),
        ("/integrations", "Integrations"),
        ("/blueprints", "Blueprints"),
        ("/events", "Events"),
        ("/usage", "Usage"),
        ("/work", "Work"),
        ("/settings", "Settings"),
    ];
}
