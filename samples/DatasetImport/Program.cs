using ChatBotKit;
using DatasetImport;

// Imports a folder of text files into a new dataset: one record for each section, several at a time.

var folder = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "articles");
var (api, rehearsal) = Target.Choose();
Console.WriteLine(rehearsal is null
    ? $"Importing {folder} to {api.Url}"
    : $"Importing {folder} to a scripted API in this process. Set CHATBOTKIT_API_SECRET and CHATBOTKIT_URL for a real one.");

using var cancellation = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    cancellation.Cancel();
};

var sections = TextFiles.ReadSections(folder).ToList();
if (sections.Count == 0)
{
    Console.Error.WriteLine("There are no .txt or .md files with text in that folder.");
    return 1;
}

var dataset = await api.Dataset.CreateAsync(
    new DatasetCreateRequest { Name = Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)) }, cancellation.Token);
var imported = 0;
var limits = new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellation.Token };
await Parallel.ForEachAsync(sections, limits, async (section, token) =>
{
    await api.Dataset.Record.CreateAsync(dataset.Id, new RecordCreateRequest { Text = section.Text, Source = section.Source }, token);
    Console.WriteLine($"{Interlocked.Increment(ref imported),4}/{sections.Count}  {section.Source}  {section.Text.Length} characters");
});
Console.WriteLine($"Dataset {dataset.Id} holds {imported} records.");
return rehearsal is null || rehearsal.HasReceived(sections) ? 0 : 2;
