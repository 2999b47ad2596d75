namespace ChatBotKit.Server.Knowledge;

/// <summary>
/// The file of an index is damaged. It is deleted when the index is disposed, and <see cref="DatasetIndex.Open"/> creates an empty one.
/// </summary>
internal sealed class DamagedIndexException(string message, Exception innerException) : Exception(message, innerException);
