using System.CommandLine;
using ChatBotKit.Cli.Datasets;

namespace ChatBotKit.Cli.Commands;

/// <summary><c>cbk dataset</c>: fills datasets.</summary>
internal static class DatasetCommand
{
    public static Command Create(Surroundings surroundings, Connection connection)
    {
        var folder = new Argument<string>("folder") { Description = "The folder with the files; folders in it are read as well." };
        var dataset = new Option<string?>("--dataset") { Description = "Id of the dataset. Default: a new one." };
        var name = new Option<string?>("--name") { Description = "Name of the new dataset, or @file with it. Default: that of the folder." };
        var pattern = new Option<string>("--pattern") { Description = "Which files, for example *.md. Default: all.", DefaultValueFactory = _ => "*" };
        var import = new Command("import", "Add the files of a folder to a dataset. A second run adds only new and changed files.")
        {
            folder, dataset, name, pattern,
        };
        import.Validators.Add(result =>
        {
            if (result.GetValue(dataset) is not null && result.GetValue(name) is not null)
                result.AddError("Choose one of --dataset and --name.");
        });
        import.SetAction(async (parsed, token) =>
        {
            var files = FolderFiles.In(parsed.GetValue(folder)!, parsed.GetValue(pattern)!);
            var newName = await surroundings.Texts.ReadAsync("--name", parsed.GetValue(name), token);
            return await new DatasetImport(surroundings, connection.Open(parsed), files).RunAsync(parsed.GetValue(dataset), newName, token);
        });
        return new Command("dataset", "Datasets, which hold the knowledge that models can search.")
        {
            import, new Command("record", "The records of datasets.") { CreateRecordImport(surroundings, connection) },
        };
    }

    private static Command CreateRecordImport(Surroundings surroundings, Connection connection)
    {
        var dataset = new Argument<string>("datasetId") { Description = "Id of the dataset, or @alias." };
        var file = new Argument<string>("file") { Description = "The file with the rows, as path or @path; @- for standard input." };
        var csv = new Option<bool>("--csv") { Description = "The rows are CSV. Default: if the name of the file ends with .csv; otherwise they are JSON Lines." };
        var import = new Command("import", "Add records from JSON Lines ({text, source?, meta?, id?}) or CSV with a header. A second run changes nothing.")
        {
            dataset, file, csv,
        };
        import.SetAction((parsed, token) => new RecordImport(surroundings, connection.Open(parsed))
            .RunAsync(parsed.GetValue(dataset)!, parsed.GetValue(file)!, parsed.GetValue(csv), token));
        return import;
    }
}
