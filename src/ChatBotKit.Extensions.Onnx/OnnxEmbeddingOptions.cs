namespace ChatBotKit;

/// <summary>Settings of an <see cref="OnnxEmbeddingGenerator"/>. The defaults are read from the folder of the model.</summary>
public sealed record OnnxEmbeddingOptions
{
    /// <summary>
    /// Gets the path of the model, relative to the folder. By default it is <c>model.onnx</c> or <c>onnx/model.onnx</c>, whichever exists.
    /// </summary>
    public string? ModelFile { get; init; }

    /// <summary>
    /// Gets how the vectors of tokens are combined. By default <c>1_Pooling/config.json</c> decides, or it is the mean without that file.
    /// It has no effect on a model that returns one vector for each text.
    /// </summary>
    public OnnxPooling? Pooling { get; init; }

    /// <summary>
    /// Gets the maximum number of tokens of a text. The rest of a longer text is ignored. By default <c>sentence_bert_config.json</c>,
    /// <c>tokenizer_config.json</c> or <c>config.json</c> decides, but not more than 512.
    /// </summary>
    public int? MaxTokens { get; init; }

    /// <summary>Gets the number of threads that compute one batch. The default is half of the processors, at least 1.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);
}
