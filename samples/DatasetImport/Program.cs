using ChatBotKit;
using DatasetImport;
using Samples;

// Imports a folder of text files into a dataset, one record for each section, while the files are read.

var folder = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "articles");
if (!Directory.Exists(folder) || !TextFiles.ReadSections(folder).Any())
{
    Console.Error.WriteLine("There are no .txt or .md files with text in that folder.");
    return 1;
}

var isOwn = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CHATBOTKIT_API_SECRET"));
await using var server = isOwn ? await SampleServer.StartAsync() : null;
var api = server?.CreateClient() ?? new ChatBotKitApi(ChatBotKitClientOptions.FromEnvironment());
Console.WriteLine($"Importing {folder} to {(isOwn ? "a server in this process" : api.Url)}");

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

try
{
    var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
    var dataset = await api.Dataset.CreateAsync(new DatasetCreateRequest { Name = name }, cancellation.Token);
    var first = await ImportAsync(dataset.Id, cancellation.Token);
    // The rows are recognized, so nothing changes. This is also how an import is continued that was interrupted.
    var second = await ImportAsync(dataset.Id, cancellation.Token);
    var found = await api.Dataset.SearchAsync(dataset.Id, new DatasetSearchRequest { Search = "How do I return goods?" }, cancellation.Token);
    foreach (var record in found.Records)
        Console.WriteLine($"Found in {record.Source}: {record.Text.ReplaceLineEndings(" ")}");
    return first is { Failed: 0 } && second is { Changed: 0 } ? 0 : 2;
}
catch (ChatBotKitException failure)
{
    Console.Error.WriteLine($"{failure.Code}: {failure.Message}");
    return 3;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped. The records that were imported so far are kept.");
    return 4;
}

async Task<RecordImportEvent?> ImportAsync(string datasetId, CancellationToken cancellationToken)
{
    var rows = TextFiles.ReadSections(folder).Select(section => new RecordImportRow { Text = section.Text, Source = section.Source });
    RecordImportEvent? last = null;
    await foreach (var progress in api.Dataset.Record.ImportAsync(datasetId, rows.ToAsyncEnumerable(), cancellationToken))
    {
        last = progress;
        if (progress.Type == RecordImportEventType.Failed)
            Console.Error.WriteLine($"Row {progress.Line}: {progress.Message}");
    }

    Console.WriteLine($"{last?.Imported} records imported, {last?.Changed} of them new or different, {last?.Failed} failed.");
    return last;
}
