namespace ChatBotKit.AdminConsole.Automations;

/// <summary>A setting of an automation, as its form shows it.</summary>
/// <param name="Name">The name of the field in the API.</param>
/// <param name="Label">The label.</param>
/// <param name="Input">How it is entered.</param>
public sealed record AutomationField(string Name, string Label, AutomationInput Input = AutomationInput.Line)
{
    /// <summary>The name, which every integration has.</summary>
    internal static readonly AutomationField OfName = new("name", "Name");

    /// <summary>The bot.</summary>
    internal static readonly AutomationField OfBot = new("botId", "Bot", AutomationInput.Bot);

    /// <summary>Gets the text below the field.</summary>
    public string? Help { get; init; }

    /// <summary>Gets the values to choose from, with their texts.</summary>
    public IReadOnlyList<(string Value, string Text)> Choices { get; init; } = [];

    /// <summary>Gets the content of the form of a new integration.</summary>
    public string? Default { get; init; }
}

/// <summary>How a setting is entered.</summary>
public enum AutomationInput
{
    /// <summary>A line of text.</summary>
    Line,

    /// <summary>Several lines of text.</summary>
    Lines,

    /// <summary>A JSON object.</summary>
    Json,

    /// <summary>Yes or no.</summary>
    Check,

    /// <summary>One of some texts.</summary>
    Choice,

    /// <summary>One of some numbers.</summary>
    NumberChoice,

    /// <summary>One of the bots.</summary>
    Bot,

    /// <summary>One of the datasets.</summary>
    Dataset,
}
