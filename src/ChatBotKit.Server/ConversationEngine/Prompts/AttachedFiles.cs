using System.Text.Json;
using ChatBotKit.Server.Knowledge;
using ChatBotKit.Server.ModelProviders;

namespace ChatBotKit.Server.ConversationEngine;

/// <summary>
/// Gives attached files to the model as what they are. The conversation holds each as a call that was made and answered, which
/// tells only an address.
/// </summary>
internal static class AttachedFiles
{
    private const string Scheme = "attachment://";
    private const int MaxFiles = 50;

    /// <summary>The address of a file that the server itself keeps.</summary>
    public static string AddressOf(string name) => Scheme + name;

    /// <summary>Reads the files of the messages that the model will see, once for the whole run.</summary>
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
    /// The window with what tells of files marked as such, and behind the calls that stand around it: between a call and its answer
    /// there may be nothing else. The same list when there are no files.
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

    /// <summary>Adds one message with the files that begin at <paramref name="start"/>.</summary>
    /// <returns>The index after them.</returns>
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

    /// <summary>The texts of the files, for the model that quotes.</summary>
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

    /// <summary>The address of the file that the message tells of; null when it tells of none.</summary>
    private static string? AddressIn(TranscriptMessage message)
    {
        if (message is not { Type: TranscriptMessage.ActivityType or TranscriptMessage.File, Activity: { Name: ToolActivity.UploadFunction, IsOfRequest: false } activity })
            return null;
        return Field(activity.Arguments, "url") ?? Field(activity.Result, "url");
    }

    /// <summary>What can be said of a file that is not there.</summary>
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
