using System.Text.Json;

namespace ChatBotKit;

/// <summary>The files of a sentence embedding model, and what their settings say.</summary>
internal sealed class ModelFolder
{
    private const int DefaultMaxTokens = 512;

    private readonly string _path;

    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    public ModelFolder(string path)
    {
        _path = Path.GetFullPath(path);
        if (!Directory.Exists(_path))
            throw new DirectoryNotFoundException($"The folder of the embedding model does not exist: {_path}");
    }

    /// <summary>Returns the path of the model.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    public string FindModel(string? file)
    {
        if (file is not null)
            return Find(file) ?? throw Missing(file);
        return Find("model.onnx") ?? Find(Path.Combine("onnx", "model.onnx")) ?? throw Missing("model.onnx or onnx/model.onnx");
    }

    /// <summary>Returns the path of a file; null when it does not exist.</summary>
    public string? Find(string file) => Path.Combine(_path, file) is var path && File.Exists(path) ? path : null;

    /// <summary>Returns the exception for a missing file.</summary>
    public FileNotFoundException Missing(string files) => new($"The folder of the embedding model lacks {files}: {_path}");

    /// <summary>Returns the number of tokens, with those at both ends, that the model reads of a text.</summary>
    public int ReadMaxTokens() => new[]
    {
        ReadNumber("sentence_bert_config.json", "max_seq_length"),
        ReadNumber("tokenizer_config.json", "model_max_length"),
        ReadNumber("config.json", "max_position_embeddings"),
    }.Append(DefaultMaxTokens).Where(number => number > 2).Min()!.Value;

    /// <summary>Returns how the vectors of tokens are combined.</summary>
    public OnnxPooling ReadPooling() => ReadFlag(Path.Combine("1_Pooling", "config.json"), "pooling_mode_cls_token") == true
        ? OnnxPooling.FirstToken
        : OnnxPooling.Mean;

    /// <summary>Returns a text of a file of settings; null when the file or the setting is missing.</summary>
    public string? ReadText(string file, string name) =>
        Read(file, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    /// <summary>Returns a flag of a file of settings; null when the file or the setting is missing.</summary>
    public bool? ReadFlag(string file, string name) =>
        Read(file, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value ? value.GetBoolean() : null;

    // Some tokenizers write 1e30 for "no limit".
    private int? ReadNumber(string file, string name) =>
        Read(file, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt32(out var number) ? number : null;

    private JsonElement? Read(string file, string name)
    {
        if (Find(file) is not { } path)
            return null;
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value)
                ? value.Clone()
                : null;
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The file of the embedding model is not valid JSON: {path}", exception);
        }
    }
}
