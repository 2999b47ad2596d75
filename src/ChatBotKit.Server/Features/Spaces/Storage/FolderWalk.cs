using ChatBotKit.Server.Data;

namespace ChatBotKit.Server.Features.Spaces.Storage;

/// <summary>
/// Derives the entries of a folder from the files below it, which come in the order of their paths. The files of a folder come one after
/// another, so only the folders in which the current file is are in memory. A folder follows the last file in it, because only then its
/// time is known: that of its newest file.
/// </summary>
/// <param name="folder">The path of the listed folder; empty for the root.</param>
/// <param name="isRecursive">Whether the entries of subfolders are listed too.</param>
internal sealed class FolderWalk(string folder, bool isRecursive)
{
    private readonly Stack<(string Path, long UpdatedAt)> _open = [];
    private readonly int _start = folder.Length == 0 ? 0 : folder.Length + 1;

    /// <summary>Adds the entries that are complete with the next file.</summary>
    public void Add(ContentEntry file, List<SpaceStorageItem> to)
    {
        while (_open.TryPeek(out var last) && !IsBelow(file.Path, last.Path))
            Close(to);
        if (_open.Count == 0 || isRecursive)
            Open(file.Path);
        if (_open.TryPop(out var parent))
            _open.Push((parent.Path, Math.Max(parent.UpdatedAt, file.UpdatedAt)));
        if (_open.Count == 0 || isRecursive)
            to.Add(Item(file.Path, file.Size, file.UpdatedAt, isDirectory: false));
    }

    /// <summary>Adds the entries that are complete when there is no further file.</summary>
    public void End(List<SpaceStorageItem> to)
    {
        while (_open.Count > 0)
            Close(to);
    }

    private static bool IsBelow(string path, string folder) =>
        path.Length > folder.Length && path[folder.Length] == '/' && path.StartsWith(folder, StringComparison.Ordinal);

    /// <summary>Opens the folders of a file that are not open yet.</summary>
    private void Open(string path)
    {
        var start = _open.TryPeek(out var last) ? last.Path.Length + 1 : _start;
        for (var end = path.IndexOf('/', start); end >= 0; end = isRecursive ? path.IndexOf('/', end + 1) : -1)
            _open.Push((path[..end], 0));
    }

    private void Close(List<SpaceStorageItem> to)
    {
        var (path, updatedAt) = _open.Pop();
        if (_open.TryPop(out var parent))
            _open.Push((parent.Path, Math.Max(parent.UpdatedAt, updatedAt)));
        to.Add(Item(path, size: 0, updatedAt, isDirectory: true));
    }

    private static SpaceStorageItem Item(string path, long size, long updatedAt, bool isDirectory) => new()
    {
        Id = SpacePath.IdOf(path),
        Path = path,
        Size = size,
        UpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(updatedAt),
        IsDirectory = isDirectory,
    };
}
