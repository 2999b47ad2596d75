using System.Text.Json;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Json;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>The placeholders with data of the contact.</summary>
internal static class ContactPlaceholders
{
    private const string Prefix = "${CONTACT_";

    /// <summary>Returns the run with the contact's values. The contact is loaded only if a text uses one of the placeholders.</summary>
    /// <param name="input">The run.</param>
    /// <param name="contactId">The contact of the conversation; null when it has none.</param>
    /// <param name="persona">The conversation's settings.</param>
    /// <param name="transcript">The messages, one of which may be a backstory.</param>
    /// <param name="store">The store of the contacts.</param>
    public static async Task<RunInput> FillAsync(
        RunInput input, string? contactId, Persona persona, IReadOnlyList<TranscriptMessage> transcript, IStore store)
    {
        if (contactId is null || !IsAskedFor(input, persona, transcript))
            return input;
        var contact = await store.QueryAsync(db => db.FindContactAsync(contactId, input.AccountId), CancellationToken.None);
        return contact is null ? input : input with { PlaceholderValues = Of(contact) };
    }

    /// <summary>Returns the values of a stored contact.</summary>
    public static IReadOnlyDictionary<string, string> Of(ResourceRow contact)
    {
        using var document = JsonDocument.Parse(contact.Data, JsonRules.Stored);
        return Of(Text("name"), Text("email"), Text("phone"), Text("nick"));

        string? Text(string field) => document.RootElement.TryGetProperty(field, out var value) ? value.GetString() : null;
    }

    /// <summary>Returns the values by the names of the placeholders; unknown values are left out.</summary>
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
