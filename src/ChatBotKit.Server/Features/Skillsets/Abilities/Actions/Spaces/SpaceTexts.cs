using ChatBotKit.Server.Data;
using ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Resources;
using ChatBotKit.Server.Features.Skillsets.Abilities.Execution;

namespace ChatBotKit.Server.Features.Skillsets.Abilities.Actions.Spaces;

/// <summary>Reads many small texts of a space. The number of files and of bytes is limited, so that a call stays short.</summary>
internal sealed class SpaceTexts(IStore store, TextFiles texts)
{
    private const int MaxListed = 1_000;
    private const int MaxRead = 100;
    private const int MaxFileBytes = 256 * 1024;
    private const int MaxBytes = 2 * 1024 * 1024;

    /// <summary>Reads the texts below a folder, in the order of their paths. Large files, and those that are no text, are left out.</summary>
    /// <param name="spaceId">The space.</param>
    /// <param name="folder">The folder; empty for all.</param>
    /// <param name="name">The last name of the paths; null for any.</param>
    /// <param name="cancellationToken">The token that cancels the reading.</param>
    /// <returns>The texts, and whether all files were read.</returns>
    public async Task<(List<(string Path, string Text)> Found, bool IsComplete)> ReadAsync(
        string spaceId, string folder, string? name, CancellationToken cancellationToken)
    {
        var range = folder.Length == 0 ? PathRange.All : PathRange.Below(folder);
        var files = await store.QueryAsync(db => db.ListContentsAsync(spaceId, range, MaxListed), cancellationToken);
        var wanted = files.FindAll(file => name is null || file.Path.EndsWith($"/{name}", StringComparison.Ordinal));
        var (found, bytes, isComplete) = (new List<(string, string)>(), 0L, files.Count < MaxListed);
        foreach (var file in wanted)
        {
            if (found.Count == MaxRead || bytes + file.Size > MaxBytes)
                return (found, false);
            if (file.Size > MaxFileBytes)
            {
                isComplete = false;
                continue;
            }

            bytes += file.Size;
            if (await TryReadAsync(spaceId, file.Path, cancellationToken) is { } text)
                found.Add((file.Path, text));
        }

        return (found, isComplete);
    }

    private async Task<string?> TryReadAsync(string spaceId, string path, CancellationToken cancellationToken)
    {
        try
        {
            return await texts.ReadAsync(spaceId, path, cancellationToken);
        }
        catch (AbilityException)
        {
            return null;
        }
    }
}
