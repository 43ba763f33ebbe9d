"""What lists and tables show: Qt models over plain values, without a widget and without SQL."""
