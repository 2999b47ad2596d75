using ChatBotKit.Cli.Output;

namespace ChatBotKit.Cli.Datasets;

/// <summary>Imports records from a file or from standard input. It writes the rows that fail to the error stream while they are read.</summary>
internal sealed class RecordImport(Surroundings surroundings, ChatBotKitApi api)
{
    private const string Input = "-";

    /// <returns>The program's exit code, which is not 0 when a row failed.</returns>
    public async Task<int> RunAsync(string datasetId, string file, bool isCsv, CancellationToken cancellationToken)
    {
        var path = file.StartsWith('@') ? file[1..] : file;
        var type = isCsv || Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase) ? "text/csv" : "application/jsonl";
        await using var rows = path == Input ? surroundings.OpenInput() : Open(path);
        RecordImportEvent? last = null;
        await foreach (var progress in api.Dataset.Record.ImportAsync(datasetId, rows, type, cancellationToken))
        {
            last = progress;
            if (progress.Type == RecordImportEventType.Failed)
                await surroundings.Error.WriteLineAsync(TerminalText.Clean($"Line {progress.Line}: {progress.Message}"));
        }

        await surroundings.Out.WriteLineAsync($"{last?.Imported ?? 0} imported, {last?.Changed ?? 0} of them new or different, {last?.Failed ?? 0} failed.");
        return last is { Failed: 0 } ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CliException($"\"{path}\" can't be read: {exception.Message}", ExitCodes.Usage);
        }
    }
}
