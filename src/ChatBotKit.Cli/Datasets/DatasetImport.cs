using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChatBotKit.Cli.Output;
using Spectre.Console;

namespace ChatBotKit.Cli.Datasets;

/// <summary>
/// Adds files to a dataset. The metadata of each has its path and the hash of its bytes, so that a second run skips files
/// that exist already.
/// </summary>
internal sealed class DatasetImport(Surroundings surroundings, ChatBotKitApi api, FolderFiles files)
{
    private const string Source = "source";
    private const string Hash = "sha256";

    private int _added;
    private int _changed;

    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(string? datasetId, string? name, CancellationToken cancellationToken)
    {
        datasetId ??= (await api.Dataset.CreateAsync(
            new DatasetCreateRequest { Name = name ?? Path.GetFileName(files.Root) }, cancellationToken)).Id;
        var known = await KnownAsync(datasetId, cancellationToken);
        if (surroundings.IsInteractive)
            await WithBarAsync((path, progress) => ImportAsync(datasetId, path, known, progress, cancellationToken));
        else
        {
            foreach (var path in files.Paths)
                await ImportAsync(datasetId, path, known, progress: null, cancellationToken);
        }

        await surroundings.Error.WriteLineAsync(
            $"{_added} added, {_changed} changed, {files.Paths.Count - _added - _changed} unchanged. The dataset:");
        await surroundings.Out.WriteLineAsync(datasetId);
        return ExitCodes.Success;
    }

    private async Task<Dictionary<string, FileItem>> KnownAsync(string datasetId, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, FileItem>();
        await foreach (var file in api.Dataset.File.ListAsync(datasetId, cancellationToken: cancellationToken))
        {
            if (file.Meta?[Source] is JsonValue source)
                known[source.ToString()] = file;
        }

        return known;
    }

    private async Task ImportAsync(
        string datasetId, string path, Dictionary<string, FileItem> known, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var (source, hash) = (files.SourceOf(path), await HashAsync(path, cancellationToken));
        var meta = new JsonObject { [Source] = source, [Hash] = hash };
        if (!known.TryGetValue(source, out var file))
        {
            var created = await api.File.CreateAsync(new FileCreateRequest { Name = Path.GetFileName(path), Meta = meta }, cancellationToken);
            await api.File.UploadFileAsync(created.Id, path, progress: progress, cancellationToken: cancellationToken);
            await api.Dataset.File.AttachAsync(
                datasetId, created.Id, new DatasetFileAttachRequest { Type = DatasetFileType.Source }, cancellationToken);
            _added++;
        }
        else if (file.Meta?[Hash]?.ToString() != hash)
        {
            // The hash is stored last, so that a run that was interrupted before it uploads the bytes again.
            await api.File.UploadFileAsync(file.Id, path, progress: progress, cancellationToken: cancellationToken);
            await api.File.UpdateAsync(file.Id, new FileUpdateRequest { Meta = meta }, cancellationToken);
            await api.Dataset.File.SyncAsync(datasetId, file.Id, cancellationToken);
            _changed++;
        }
    }

    private static async Task<string> HashAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
    }

    private Task WithBarAsync(Func<string, IProgress<long>, Task> importAsync)
    {
        return Consoles.Of(surroundings.Error).Progress().StartAsync(async bar =>
        {
            var whole = bar.AddTask(Markup.Escape(files.Root), maxValue: files.Paths.Sum(path => new FileInfo(path).Length) + files.Paths.Count);
            foreach (var path in files.Paths)
            {
                whole.Description = Markup.Escape(files.SourceOf(path));
                var before = whole.Value;
                await importAsync(path, new Progress<long>(sent => whole.Value = Math.Max(whole.Value, before + sent)));
                whole.Value = before + new FileInfo(path).Length + 1;
            }
        });
    }
}
