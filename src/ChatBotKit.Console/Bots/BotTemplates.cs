namespace ChatBotKit.AdminConsole.Bots;

/// <summary>Bots to begin with. Each is only the content of the form, and nothing is stored before it is saved.</summary>
internal static class BotTemplates
{
    /// <summary>The templates by the name that the address of the form has.</summary>
    public static readonly IReadOnlyDictionary<string, BotFields> All = new OrderedDictionary<string, BotFields>(StringComparer.Ordinal)
    {
        ["support"] = new()
        {
            Name = "Support",
            Description = "Answers questions of customers from your documents",
            Backstory = "You answer questions of customers. Use only what the records of the dataset say. When they do not say it, tell the customer that you do not know, and offer to ask a colleague. Be friendly and brief.",
            Privacy = true,
        },
        ["guide"] = new()
        {
            Name = "Guide",
            Description = "Shows visitors of a web site where things are",
            Backstory = "You show visitors of a web site where to find what they need. Ask one question at a time when a request is not clear. Answer in at most three sentences, and name the page.",
        },
        ["assistant"] = new()
        {
            Name = "Assistant",
            Description = "Carries out work with the abilities of a skillset",
            Backstory = "You help colleagues with their work. Use your abilities to look things up and to do them. Say what you have done, and ask before you change or send anything.",
        },
    };
}
