using System.Text.Json;
using ChatBotKit.Server.ConversationEngine;
using ChatBotKit.Server.Data;
using ChatBotKit.Server.Errors;
using ChatBotKit.Server.Features.Uploads;

namespace ChatBotKit.Server.Features.Conversations.Attachments;

/// <summary>Fetches the files of a stateless request. They exist only for its run.</summary>
internal sealed class RunAttachments(RemoteFiles remote, UploadOptions uploads, AttachmentContents files, AttachmentOptions options, TimeProvider time)
{
    private const int MaxFiles = 10;

    /// <summary>The maximum number of files in the messages of a request, which repeats those of earlier turns.</summary>
    private const int MaxLinked = 50;

    /// <param name="attachments">The attachments of the request.</param>
    /// <param name="faults">The faults of the request, to which this method adds.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <returns>The function calls that represent the files, and the contents by address.</returns>
    public async Task<RunFiles> ReadAsync(
        IReadOnlyList<AttachmentReference>? attachments, Faults faults, CancellationToken cancellationToken)
    {
        if (attachments is null or { Count: 0 })
            return RunFiles.None;
        if (attachments.Count > MaxFiles)
        {
            faults.Add($"\"attachments\" may not hold more than {MaxFiles}");
            return RunFiles.None;
        }

        var room = new PromptRoom(options);
        var reading = new ReadingTime(files, options.TurnTime, time);
        var told = new List<ToolActivity>();
        var contents = new Dictionary<string, AttachmentContent>(StringComparer.Ordinal);
        for (var i = 0; i < attachments.Count; i++)
        {
            if (await ReadAsync(attachments[i].Url, $"attachments[{i}].url", reading, faults, cancellationToken) is not { } file)
                continue;
            contents[file.Address] = room.Fit(file.Content);
            told.AddRange(CallsOf(file.Address));
        }

        return new RunFiles(told, contents);
    }

    /// <summary>Reads the files to which the messages of a request link.</summary>
    /// <param name="links">The addresses, with the names of their fields.</param>
    /// <param name="faults">The faults of the request, to which this method adds.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <returns>The content of each file, in the order of the links; null for one with a fault.</returns>
    public async Task<IReadOnlyList<AttachmentContent?>> ReadLinkedAsync(
        IReadOnlyList<(string Url, string Field)> links, Faults faults, CancellationToken cancellationToken)
    {
        if (links.Count > MaxLinked)
        {
            faults.Add($"\"{links[MaxLinked].Field}\" is one file too many; there may be {MaxLinked}");
            return [];
        }

        var room = new PromptRoom(options);
        var reading = new ReadingTime(files, options.TurnTime, time);
        var contents = new AttachmentContent?[links.Count];
        // The newest come first, because the space in the prompt is limited.
        for (var i = links.Count - 1; i >= 0 && !faults.IsFull; i--)
        {
            if (await ReadAsync(links[i].Url, links[i].Field, reading, faults, cancellationToken) is { } file)
                contents[i] = room.Fit(file.Content);
        }

        return contents;
    }

    private async Task<(string Address, AttachmentContent Content)?> ReadAsync(
        string? text, string field, ReadingTime reading, Faults faults, CancellationToken cancellationToken)
    {
        try
        {
            if (text is not null && DataUrl.Is(text))
                return await ReadDataAsync(text, reading, cancellationToken);
            if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
                return (url.AbsoluteUri, await FetchAsync(url, reading, cancellationToken));
            faults.Add($"\"{field}\" must be a http, https or data URL");
        }
        catch (ApiException failure)
        {
            // Shared code for uploads has the name of the upload's field in its messages.
            faults.Add(failure.Message.Replace("\"file\"", $"\"{field}\"", StringComparison.Ordinal));
        }

        return null;
    }

    private static async Task<(string Address, AttachmentContent Content)> ReadDataAsync(
        string url, ReadingTime reading, CancellationToken cancellationToken)
    {
        var data = DataUrl.Parse(url);
        var type = FileNames.TypeOf(data.ContentType, originalName: null);
        var name = FileNames.NameOf(Ids.Short(), originalName: null, type);
        var known = new AttachmentContent(name, type, data.Bytes.Length);
        // A short name replaces a data URL as the address, because the address is in every event about the file.
        return (AttachedFiles.AddressOf(name), await reading.ReadAsync(
            _ => Task.FromResult<Stream>(new MemoryStream(data.Bytes)), known, cancellationToken));
    }

    private async Task<AttachmentContent> FetchAsync(Uri url, ReadingTime reading, CancellationToken cancellationToken)
    {
        var fetched = await remote.FetchAsync(url, UploadLimit.Of(uploads.MaxBytes), cancellationToken);
        await using var file = fetched.File;
        var name = FileNames.OriginalOf(fetched.Name) ?? url.Host;
        var known = new AttachmentContent(name, FileNames.TypeOf(fetched.ContentType, name), file.Size);
        return await reading.ReadAsync(file.OpenReadAsync, known, cancellationToken);
    }

    /// <summary>Returns a function call and its result, with which the official server also represents a file.</summary>
    private static IEnumerable<ToolActivity> CallsOf(string address)
    {
        var request = new ToolActivity(ToolActivity.Request, "call_" + Ids.Short(), ToolActivity.UploadFunction, "{}", null);
        yield return request;
        yield return request with
        {
            Kind = ToolActivity.Response,
            Result = JsonSerializer.Serialize(new Dictionary<string, string> { ["url"] = address }),
        };
    }
}

/// <summary>The files of one run.</summary>
/// <param name="Told">The function calls and results that represent the files.</param>
/// <param name="Contents">The contents of the files, by address.</param>
internal sealed record RunFiles(IReadOnlyList<ToolActivity> Told, IReadOnlyDictionary<string, AttachmentContent> Contents)
{
    public static RunFiles None { get; } = new([], AttachmentContent.None);
}
