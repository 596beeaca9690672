/** A dataset, a loss and a regulariser for altmin. */
module com.example.task {
    requires org.altmin.core;

    provides org.altmin.core.data.DatasetReader with com.example.task.TwoSpirals;
    provides org.altmin.core.operator.Loss with com.example.task.Huber;
    provides org.altmin.core.operator.Regularizer with com.example.task.DeadZone;
}
