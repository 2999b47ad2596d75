using System.Text.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Gives the contents of attached files to the model. The conversation stores each file as a function call with a result, which has
/// only the address of the file.
/// </summary>
internal static class AttachedFiles
{
    private const string Scheme = "attachment://";
    private const int MaxFiles = 50;

    /// <summary>Returns the address of a file that the server stores.</summary>
    public static string AddressOf(string name) => Scheme + name;

    /// <summary>Reads the files of the messages in the model's window, once per run.</summary>
    public static async Task<RunInput> ReadAsync(
        IAttachmentReader? reader, RunInput input, string conversationId, IReadOnlyList<TranscriptMessage> transcript, int maxMessages)
    {
        var names = reader is null ? [] : NamesIn(transcript, maxMessages);
        if (names.Count == 0)
            return input;
        var found = await reader!.ReadAsync(conversationId, names, CancellationToken.None);
        return input with { Attachments = found.ToDictionary(file => AddressOf(file.Key), file => file.Value, StringComparer.Ordinal) };
    }

    /// <summary>
    /// Marks messages about files as such, and moves them behind the calls around them, because nothing may come between a call and
    /// its result. Returns the same list when there are no files.
    /// </summary>
    public static List<TranscriptMessage> Mark(List<TranscriptMessage> window)
    {
        if (!window.Exists(message => AddressIn(message) is not null))
            return window;
        var marked = new List<TranscriptMessage>(window.Count);
        var files = new List<TranscriptMessage>();
        foreach (var message in window)
        {
            if (message.Type != TranscriptMessage.ActivityType)
                MoveTo(marked);
            if (AddressIn(message) is not null)
                files.Add(message with { Type = TranscriptMessage.File });
            else
                marked.Add(message);
        }

        MoveTo(marked);
        return marked;

        void MoveTo(List<TranscriptMessage> target)
        {
            target.AddRange(files);
            files.Clear();
        }
    }

    /// <summary>Adds one message with the consecutive files from <paramref name="start"/> on.</summary>
    /// <returns>The index after these files.</returns>
    public static int Add(
        List<TranscriptMessage> window, int start, IReadOnlyDictionary<string, AttachmentContent> contents, List<ModelMessage> messages)
    {
        var words = new List<string>();
        var pictures = new List<ModelPicture>();
        var told = new HashSet<string>(StringComparer.Ordinal);
        var i = start;
        for (; i < window.Count && window[i].Type == TranscriptMessage.File; i++)
        {
            var address = AddressIn(window[i])!;
            if (!told.Add(address))
                continue;
            var content = contents.GetValueOrDefault(address);
            if (content?.ToModel() is { } picture)
                pictures.Add(picture);
            else
                words.Add(content?.Words ?? Missing(window[i].Activity!, address));
        }

        messages.Add(new ModelMessage(ModelRole.User, string.Join("\n\n", words)) { IsOfFiles = true, Pictures = pictures });
        return i;
    }

    /// <summary>Returns the texts of the files, for the built-in model.</summary>
    public static IEnumerable<Passage> Passages(RunInput input) =>
        from file in input.Attachments.Values where file.Text is { Length: > 0 } select new Passage(file.Name, file.Text!);

    private static List<string> NamesIn(IReadOnlyList<TranscriptMessage> transcript, int maxMessages) =>
    [
        .. PromptBuilder.Window(transcript, maxMessages)
            .Select(AddressIn)
            .Where(address => address?.StartsWith(Scheme, StringComparison.Ordinal) == true)
            .Reverse()
            .Distinct(StringComparer.Ordinal)
            .Take(MaxFiles)
            .Select(address => address![Scheme.Length..]),
    ];

    /// <summary>Returns the address of the file that the message is about; null when it is about none.</summary>
    private static string? AddressIn(TranscriptMessage message)
    {
        if (message is not { Type: TranscriptMessage.ActivityType or TranscriptMessage.File, Activity: { Name: ToolActivity.UploadFunction, IsOfRequest: false } activity })
            return null;
        return Field(activity.Arguments, "url") ?? Field(activity.Result, "url");
    }

    /// <summary>Returns the description of a file that can't be read.</summary>
    private static string Missing(ToolActivity activity, string address) =>
        $"[Attached file \"{AttachmentContent.Plain(Field(activity.Arguments, "name") ?? address)}\".] It can't be read.";

    private static string? Field(string? json, string name)
    {
        if (json is null || !json.Contains(name, StringComparison.Ordinal))
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
