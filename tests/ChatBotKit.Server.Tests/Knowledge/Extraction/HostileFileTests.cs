using System.Diagnostics;
using ChatBotKit.Server.Knowledge;

namespace ChatBotKit.Server.Tests.Knowledge;

/// <summary>
/// Files that are meant to do harm end in time, with a reason or with their text. What they cost a real server is measured with the
/// benchmark <c>hostile-files</c>.
/// </summary>
public sealed class HostileFileTests
{
    /// <summary>The time of one file. Some cases always use it up.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static TheoryData<string> Names => [.. HostileFiles.All.Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task File_IsReadOrRefusedInTime(string name)
    {
        var file = HostileFiles.All.Single(one => one.Name == name);
        using var reader = new FileReader(new ExtractionLimits { Time = Limit }, TimeProvider.System);
        using var bytes = new MemoryStream(file.Make());
        var watch = Stopwatch.StartNew();

        var text = await reader.ReadAsync(bytes, contentType: null, file.FileName, TestContext.Current.CancellationToken);

        Assert.True(
            text.Refusal is { } refusal ? file.Codes.Contains(refusal.Code) : file.MayBeRead && text.Blocks.Count > 0,
            $"{name}: {text.Refusal?.ToString() ?? $"{text.Blocks.Count} blocks"}");
        Assert.True(text.Refusal is null or { Message.Length: > 0 });
        Assert.True(watch.Elapsed < Limit * 2, $"{watch.Elapsed}");
    }
}
