namespace ChatBotKit.Server.ConversationEngine.Privacy;

/// <summary>A piece of personal data in a text.</summary>
/// <param name="Begin">The index of its first character, in UTF-16 units.</param>
/// <param name="End">The index after its last character.</param>
/// <param name="Type">One of <see cref="PersonalDataTypes"/>, or a type that the caller of the API gave.</param>
internal readonly record struct PersonalData(int Begin, int End, string Type)
{
    public int Length => End - Begin;
}

/// <summary>The types of personal data, as entities have them.</summary>
internal static class PersonalDataTypes
{
    public const string Email = "email";
    public const string Phone = "phone";
    public const string Iban = "iban";
    public const string Card = "card";
    public const string Ip = "ip";
    public const string Name = "name";

    /// <summary>A text that looks like a placeholder. It is replaced too, so that nothing in a text is mistaken for a placeholder.</summary>
    public const string Placeholder = "text";
}
