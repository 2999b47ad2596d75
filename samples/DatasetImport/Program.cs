using ChatBotKit;
using DatasetImport;

// Imports a folder of text files into a new dataset: one record for each section, several records at a time.

var folder = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "articles");
var (api, rehearsal) = Target.Choose();
Console.WriteLine(rehearsal is null
    ? $"Importing {folder} to {api.Url}"
    : $"Importing {folder} to a scripted API in this process. Set CHATBOTKIT_API_URL and CHATBOTKIT_API_SECRET for a real one.");

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

if (!Directory.Exists(folder) || TextFiles.ReadSections(folder).ToList() is not { Count: > 0 } sections)
{
    Console.Error.WriteLine("There are no .txt or .md files with text in that folder.");
    return 1;
}

try
{
    await ImportAsync(cancellation.Token);
    return rehearsal is null || rehearsal.HasReceived(sections) ? 0 : 2;
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

async Task ImportAsync(CancellationToken cancellationToken)
{
    var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder));
    var dataset = await api.Dataset.CreateAsync(new DatasetCreateRequest { Name = name }, cancellationToken);
    var imported = 0;
    var limits = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken };
    await Parallel.ForEachAsync(sections, limits, async (section, token) =>
    {
        await api.Dataset.Record.CreateAsync(dataset.Id, new RecordCreateRequest { Text = section.Text, Source = section.Source }, token);
        Console.WriteLine($"{Interlocked.Increment(ref imported),4}/{sections.Count}  {section.Source}  {section.Text.Length} characters");
    });
    Console.WriteLine($"Dataset {dataset.Id} holds {imported} records.");
}
