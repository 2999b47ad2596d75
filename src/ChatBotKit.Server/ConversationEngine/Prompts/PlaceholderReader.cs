using ChatBotKit.Server.Data;
using ChatBotKit.Server.Data.Rows;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>Reads the texts of files for backstories.</summary>
internal interface IFileTexts
{
    /// <summary>Returns the beginning of the text of a file; null when it has no content that is text.</summary>
    Task<string?> ReadAsync(string fileId, CancellationToken cancellationToken);
}

/// <summary>The things that the placeholders of a run can be about.</summary>
internal sealed record PlaceholderSubjects
{
    /// <summary>The contact of the run; null for none, or when the request itself describes it.</summary>
    public string? ContactId { get; init; }

    /// <summary>The conversation; null for a stateless run.</summary>
    public ConversationRow? Conversation { get; init; }
}

/// <summary>
/// Loads the values of the placeholders that the backstory of a run has. Only resources that the account of the run may use are read.
/// </summary>
internal sealed class PlaceholderReader(IStore store, IFileTexts? files)
{
    private const string User = "USER_";
    private const string Conversation = "CONVERSATION_";

    /// <summary>Returns the run with the values. Nothing is read when no text has a placeholder.</summary>
    /// <param name="input">The run.</param>
    /// <param name="subjects">The things that the placeholders can be about.</param>
    /// <param name="persona">The settings of the run.</param>
    /// <param name="transcript">The messages, one of which may be a backstory.</param>
    public async Task<RunInput> FillAsync(
        RunInput input, PlaceholderSubjects subjects, Persona persona, IReadOnlyList<TranscriptMessage> transcript)
    {
        var own = transcript.LastOrDefault(message => message.Type == TranscriptMessage.Backstory)?.Text ?? persona.Backstory;
        var names = Placeholders.NamesIn(own, input.ExtraBackstory);
        if (names.Count == 0)
            return input;
        var values = new Dictionary<string, string>(input.PlaceholderValues);
        var asked = await store.QueryAsync(db => AddStoredAsync(db, values, names, input, subjects), CancellationToken.None);
        foreach (var (name, file) in asked)
        {
            if (files is not null && await files.ReadAsync(file, CancellationToken.None) is { } text)
                values.TryAdd(name, text);
        }

        return input with { PlaceholderValues = values };
    }

    /// <returns>The placeholders for the texts of files, with the ids of the files.</returns>
    private static async ValueTask<IReadOnlyList<(string Name, string FileId)>> AddStoredAsync(
        ISqlSession db, Dictionary<string, string> values, IReadOnlySet<string> names, RunInput input, PlaceholderSubjects subjects)
    {
        var accountId = input.AccountId;
        if (Has(names, ContactPlaceholders.Prefix) && subjects.ContactId is { } contactId
            && await db.FindContactAsync(contactId, accountId) is { } contact)
            Add(values, ContactPlaceholders.Of(contact));
        if (Has(names, User) && await db.FirstAsync(AccountTable.Rows, """WHERE "Id" = $1""", accountId) is { } account)
            Add(values, Known((User + "ID", account.Id), (User + "NAME", account.Name), (User + "EMAIL", account.Email)));
        if (subjects.Conversation is { } conversation)
        {
            Add(values, Known(
                (Conversation + "ID", conversation.Id), (Conversation + "NAME", conversation.Name), (Conversation + "DESCRIPTION", conversation.Description)));
        }

        return await ResourcePlaceholders.AddAsync(db, values, names, accountId, input.BotId);
    }

    private static bool Has(IReadOnlySet<string> names, string prefix) =>
        names.Any(name => name.StartsWith(prefix, StringComparison.Ordinal));

    private static IEnumerable<KeyValuePair<string, string>> Known(params (string Name, string? Value)[] values) =>
        values.Where(one => !string.IsNullOrEmpty(one.Value)).Select(one => KeyValuePair.Create(one.Name, one.Value!));

    private static void Add(Dictionary<string, string> values, IEnumerable<KeyValuePair<string, string>> others)
    {
        foreach (var (name, value) in others)
            values.TryAdd(name, value);
    }
}
