using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The placeholders that tell the model whom it talks to.</summary>
internal static class ContactPlaceholders
{
    private const string Prefix = "${CONTACT_";

    /// <summary>The run with the values of the contact, which is read only when a text asks for it.</summary>
    /// <param name="input">The run.</param>
    /// <param name="contactId">Whom the conversation is with; null when nobody knows.</param>
    /// <param name="persona">The conversation's settings.</param>
    /// <param name="transcript">Its messages, of which a backstory may be one.</param>
    /// <param name="store">Where contacts are.</param>
    public static async Task<RunInput> FillAsync(
        RunInput input, string? contactId, Persona persona, IReadOnlyList<TranscriptMessage> transcript, IStore store)
    {
        if (contactId is null || !IsAskedFor(input, persona, transcript))
            return input;
        return await store.FindContactAsync(contactId, CancellationToken.None) is { } contact && contact.AccountId == input.AccountId
            ? input with { PlaceholderValues = Of(contact.Name, contact.Email, contact.Phone, contact.Nick) }
            : input;
    }

    /// <summary>The values by name; what is not known has none.</summary>
    public static IReadOnlyDictionary<string, string> Of(string? name, string? email, string? phone, string? nick)
    {
        (string Name, string? Value)[] all =
            [("CONTACT_NAME", name), ("CONTACT_EMAIL", email), ("CONTACT_PHONE", phone), ("CONTACT_NICK", nick)];
        return all.Where(one => !string.IsNullOrEmpty(one.Value)).ToDictionary(one => one.Name, one => one.Value!);
    }

    private static bool IsAskedFor(RunInput input, Persona persona, IReadOnlyList<TranscriptMessage> transcript) =>
        Mentions(persona.Backstory) || Mentions(input.ExtraBackstory)
        || transcript.Any(message => message.Type == TranscriptMessage.Backstory && Mentions(message.Text));

    private static bool Mentions(string? text) => text?.Contains(Prefix, StringComparison.Ordinal) == true;
}
